def f(): pass
x = f
if callable(x):
    x()
