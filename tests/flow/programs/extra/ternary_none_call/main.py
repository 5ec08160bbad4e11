def f():
    pass

cb = None
cb = cb or f
cb and cb()
