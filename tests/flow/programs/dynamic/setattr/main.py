def f():
    pass

class A:
    pass

a = A()
setattr(a, "action", f)
a.action()
