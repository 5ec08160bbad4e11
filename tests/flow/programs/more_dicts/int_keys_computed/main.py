def f(): pass
def g(): pass
d = {0: f, 1: g}
d[1 - 1]()
