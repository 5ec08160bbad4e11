from types import SimpleNamespace

def f():
    pass

def g():
    pass

box = SimpleNamespace(a=f, b=g)
box.b()
