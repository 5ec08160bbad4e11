def f(): pass
def g(): pass
def inner(cb): cb()
def outer(**kw):
    kw["cb"] = g
    inner(**kw)
outer(cb=f)
