import setup, conf
setup.install()
conf.run()
