def f(): pass
def g(): pass
x = [[f], [g]]
x[1][0]()
