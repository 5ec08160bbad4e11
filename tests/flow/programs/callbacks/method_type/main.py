from types import MethodType

class A:
    pass

def f(self):
    pass

a = A()
a.run = MethodType(f, a)
a.run()
