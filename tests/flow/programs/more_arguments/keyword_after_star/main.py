def f(): pass
def g(): pass
def go(a, *, b):
    b()
go(b=f, a=g)
