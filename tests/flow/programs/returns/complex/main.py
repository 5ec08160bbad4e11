def f():
    return g, h

def g():
    pass

def h():
    pass

f()[1]()
