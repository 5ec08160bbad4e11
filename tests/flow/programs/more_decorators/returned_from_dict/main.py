def a(fn): return fn
def b(fn): return fn
D = {"a": a, "b": b}
@D["a"]
def go(): pass
go()
