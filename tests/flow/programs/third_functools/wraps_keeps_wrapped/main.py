import functools
def deco(f):
    @functools.wraps(f)
    def inner():
        pass
    return inner
@deco
def work():
    pass
work.__wrapped__()
