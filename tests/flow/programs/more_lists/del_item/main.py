def f(): pass
def g(): pass
fs = [f, g]
del fs[0]
fs[0]()
