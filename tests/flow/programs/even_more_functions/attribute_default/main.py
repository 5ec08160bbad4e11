def f(): pass
def go(): go.cb()
go.cb = f
go()
