def f(): pass
def go():
    x = f
    del x
    y = f
    y()
go()
