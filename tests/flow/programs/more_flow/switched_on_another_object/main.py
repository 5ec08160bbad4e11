def f():
    pass

def g():
    pass

class A:
    def __init__(self):
        self.action = f

    def switch(self):
        self.action = g

a = A()
b = A()
b.switch()
a.action()
