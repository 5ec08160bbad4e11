def f(): pass
def go(**kw):
    kw.pop("cb")()
go(cb=f)
