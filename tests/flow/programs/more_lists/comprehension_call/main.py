def f(): pass
def g(): pass
[fn() for fn in [f, g]]
