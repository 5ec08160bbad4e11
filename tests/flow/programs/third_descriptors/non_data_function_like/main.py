class method:
    def __init__(self, f):
        self.f = f
    def __get__(self, obj, owner=None):
        return self.f
def one():
    pass
class A:
    go = method(one)
A().go()
