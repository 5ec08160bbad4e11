def f(): pass
def g(): pass
fs = [f, g]
fs.reverse()
fs[0]()
