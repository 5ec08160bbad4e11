def f():
    return g

def g():
    return h

def h():
    pass

step = f()
last = step()
last()
