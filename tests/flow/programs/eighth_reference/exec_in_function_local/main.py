def f(): pass
def go():
    exec("f()")
go()
