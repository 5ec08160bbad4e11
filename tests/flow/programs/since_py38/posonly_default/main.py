def f(): pass
def go(a=f, /, b=None):
    a()
go()
