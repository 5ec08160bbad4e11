def f(): pass
def g(): pass
for x in reversed([f, g]):
    x()
