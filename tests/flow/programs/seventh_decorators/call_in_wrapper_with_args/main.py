def deco(fn):
    def wrapper(*args, **kw):
        before()
        return fn(*args, **kw)
    return wrapper
def before(): pass
@deco
def work(f): f()
def act(): pass
work(act)
