def f(): pass
def g(): pass
def pair():
    rest = [g]
    return f, *rest
a, b = pair()
b()
