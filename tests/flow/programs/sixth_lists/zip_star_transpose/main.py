def f(): pass
def g(): pass
names, fns = zip(*[("a", f), ("b", g)])
fns[1]()
