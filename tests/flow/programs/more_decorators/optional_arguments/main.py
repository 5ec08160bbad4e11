import functools
def deco(fn=None, *, n=1):
    if fn is None:
        return functools.partial(deco, n=n)
    @functools.wraps(fn)
    def inner(*a):
        return fn(*a)
    return inner
@deco
def f(): pass
@deco(n=2)
def g(): pass
f()
g()
