class A:
    def go(self):
        pass
def one():
    pass
def make():
    return one, A()
f, a = make()
f()
a.go()
