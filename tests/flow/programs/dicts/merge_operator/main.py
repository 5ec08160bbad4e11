def f():
    pass

def g():
    pass

b = {"f": f} | {"g": g}
b["g"]()
