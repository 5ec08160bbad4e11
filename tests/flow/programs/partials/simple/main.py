from functools import partial

def f(a, b):
    pass

partial(f, 1)(2)
