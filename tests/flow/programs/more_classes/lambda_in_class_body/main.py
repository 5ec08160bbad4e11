def f():
    pass

class A:
    action = lambda self: f()

A().action()
