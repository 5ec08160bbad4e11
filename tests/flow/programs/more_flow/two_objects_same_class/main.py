def f():
    pass

def g():
    pass

class A:
    pass

a = A()
b = A()
a.action = f
b.action = g
a.action()
