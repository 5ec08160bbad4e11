def f():
    pass

class A:
    action = f

A.action()
