def make():
    return (f, (g, h))

def f():
    pass

def g():
    pass

def h():
    pass

a, (b, c) = make()
c()
