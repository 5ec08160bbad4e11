def f(): pass
def gen():
    fn = yield
    fn()
g = gen()
next(g)
g.send(f)
