class deco:
    def __init__(self, f):
        self.f = f
    def __get__(self, obj, owner):
        return lambda: self.f(obj)
class A:
    @deco
    def go(self):
        pass
A().go()
