def f(): pass
def g(): pass
i = 1
[f, g][i]()
