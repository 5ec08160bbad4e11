def f(): pass
def g(): pass
try:
    f()
except ValueError:
    pass
else:
    g()
