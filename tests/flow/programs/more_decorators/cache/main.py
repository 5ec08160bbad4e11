from functools import cache
@cache
def f():
    return g
def g(): pass
f()()
