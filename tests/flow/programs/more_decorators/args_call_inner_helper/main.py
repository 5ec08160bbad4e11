def deco(helper):
    def wrap(fn):
        def inner():
            helper()
            return fn()
        return inner
    return wrap
def h(): pass
@deco(h)
def go(): pass
go()
