def f(): pass
[fn() for row in [[f]] for fn in row]
