def f():
    pass

def g():
    pass

def make():
    return {"f": f, "g": g}

make()["f"]()
