def f(): pass
def g(): pass
a, b = {"x": f, "y": g}.values()
a()
