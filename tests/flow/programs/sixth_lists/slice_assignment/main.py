def f(): pass
def g(): pass
fs = [f, f]
fs[1:] = [g]
fs[1]()
