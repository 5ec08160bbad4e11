def f(): pass
def g(): pass
x = None
x = x or f
x()
