def f():
    pass

class A:
    pass

a = A()
a.action = f
vars(a)["action"]()
