def f(): pass
def g(): pass
for i, x in enumerate(y for y in (f, g)):
    x()
