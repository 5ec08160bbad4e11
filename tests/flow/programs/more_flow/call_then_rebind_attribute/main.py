def f():
    pass

def g():
    pass

class A:
    pass

a = A()
a.action = f
a.action()
a.action = g
a.other = f
a.action()
