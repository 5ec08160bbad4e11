from operator import itemgetter
def f(): pass
def g(): pass
a, b = itemgetter("x", "y")({"x": f, "y": g})
b()
