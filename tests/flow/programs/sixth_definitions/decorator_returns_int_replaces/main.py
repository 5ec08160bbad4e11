def replace(fn): return other
def other(): pass
@replace
def f(): pass
f()
