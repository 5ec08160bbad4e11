def deco(f=None, *, n=1):
    def wrap(g):
        def inner():
            return g()
        return inner
    if f is None:
        return wrap
    return wrap(f)
@deco
def a():
    pass
@deco(n=2)
def b():
    pass
a()
b()
