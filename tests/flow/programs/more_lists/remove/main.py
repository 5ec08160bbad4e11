def f(): pass
def g(): pass
fs = [f, g]
fs.remove(f)
fs[0]()
