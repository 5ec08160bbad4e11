def go():
    h = lambda: f()
    h()
def f(): pass
go()
