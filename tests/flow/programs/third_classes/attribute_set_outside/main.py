class A:
    def go(self):
        self.f()
def one():
    pass
a = A()
a.f = one
a.go()
