from functools import partial
def f(x): x()
def g(): pass
p = partial(f, g)
p.func(*p.args)
