def f(): pass
def g(): pass
fs = (f, g)
fs[len(fs) - 1]()
