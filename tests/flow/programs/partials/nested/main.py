from functools import partial

def f(a, b, c):
    c()

def leaf():
    pass

partial(partial(f, 1), 2)(leaf)
