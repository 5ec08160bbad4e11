def act(): pass
def inner():
    f = yield
    f()
def outer():
    yield from inner()
g = outer()
next(g)
g.send(act)
