def f():
    pass

def g():
    pass

a = {"f": f}
b = {**a, "g": g}
b["f"]()
