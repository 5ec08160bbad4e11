def f(): pass
def g(): pass
def go(**kw):
    for k, v in kw.items():
        v()
go(a=f, b=g)
