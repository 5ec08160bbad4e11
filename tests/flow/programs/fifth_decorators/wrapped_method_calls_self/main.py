def deco(f):
    def inner(self):
        self.before()
        return f(self)
    return inner
class A:
    def before(self):
        pass
    @deco
    def go(self):
        pass
A().go()
