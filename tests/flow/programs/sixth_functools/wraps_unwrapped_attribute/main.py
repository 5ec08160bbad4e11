from functools import wraps
def deco(fn):
    @wraps(fn)
    def inner(): pass
    return inner
@deco
def f(): pass
f.__wrapped__()
