import cfg
cfg.handler()
