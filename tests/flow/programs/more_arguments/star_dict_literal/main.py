def f(): pass
def g(): pass
def go(a, b):
    a()
go(**{"a": f, "b": g})
