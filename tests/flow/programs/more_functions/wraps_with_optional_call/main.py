import functools

def deco(f=None, *, times=1):
    if f is None:
        return functools.partial(deco, times=times)

    @functools.wraps(f)
    def wrapper():
        return f()
    return wrapper

@deco(times=2)
def work():
    pass

work()
