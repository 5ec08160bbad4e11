def f(): pass
def g(): pass
fs = [f, g]
del fs[:1]
fs[0]()
