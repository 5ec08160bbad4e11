class lazy:
    def __init__(self, f):
        self.f = f
    def __get__(self, obj, cls):
        return self.f(obj)
class A:
    @lazy
    def client(self):
        return B()
class B:
    def go(self):
        pass
A().client.go()
