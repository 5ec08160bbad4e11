def f(fn): return fn
ds = [f]
@ds[0]
def go(): pass
go()
