def f(): pass
f.__name__
g = f.__call__
g()
