def a(*, cb): b(cb=cb)
def b(*, cb): cb()
def f(): pass
a(cb=f)
