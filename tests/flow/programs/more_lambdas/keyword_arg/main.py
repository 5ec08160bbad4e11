def f(): pass
def go(cb): cb()
go(cb=lambda: f())
