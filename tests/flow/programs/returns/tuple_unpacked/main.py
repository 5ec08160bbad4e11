def f():
    pass

def g():
    pass

def pair():
    return f, g

first, second = pair()
second()
