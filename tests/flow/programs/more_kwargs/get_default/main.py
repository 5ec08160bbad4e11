def f(): pass
def go(**kw):
    kw.get("cb", None)()
go(cb=f)
