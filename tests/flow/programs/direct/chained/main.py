def f():
    return g

def g():
    pass

f()()
