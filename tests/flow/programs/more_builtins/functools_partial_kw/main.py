from functools import partial
def f(a, b): b()
def g(): pass
p = partial(f, b=g)
p(1)
