import functools

def deco(f):
    @functools.wraps(f)
    def inner():
        return f()
    return inner

@deco
def work():
    pass

work()
