class D:
    def __init__(self, fn):
        self.fn = fn
    def __call__(self, *a):
        return self.fn(*a)
def deco(fn):
    def inner(*a):
        return fn(*a)
    return inner
@D
@deco
def go(): pass
go()
