def deco(m):
    def inner(self, *a):
        self.before()
        return m(self, *a)
    return inner
class A:
    def before(self): pass
    @deco
    def run(self): pass
A().run()
