class Stop(Exception):
    def __init__(self, fn): self.fn = fn
def f(): pass
def gen():
    try:
        yield
    except Stop as e:
        e.fn()
        yield
g = gen()
next(g)
g.throw(Stop(f))
