def f():
    pass

def loop():
    action = yield
    action()

g = loop()
next(g)
g.send(f)
