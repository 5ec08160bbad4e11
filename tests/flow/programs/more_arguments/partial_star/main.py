def f(): pass
def g(): pass
def go(a, b):
    b()
rest = (g,)
go(f, *rest)
