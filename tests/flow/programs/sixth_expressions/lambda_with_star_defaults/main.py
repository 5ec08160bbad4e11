def f(): pass
def g(): pass
h = lambda *fs, last=g: [x() for x in (*fs, last)]
h(f)
