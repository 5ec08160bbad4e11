def f():
    pass

def g():
    pass

class A:
    def __init__(self):
        self.action = f

a = A()
a.action = g
a.action()
