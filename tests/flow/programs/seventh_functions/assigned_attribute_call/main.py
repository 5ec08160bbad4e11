def f(): pass
def g(): pass
f.after = g
f.after()
