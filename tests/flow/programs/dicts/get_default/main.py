def f():
    pass

def g():
    pass

def fallback():
    pass

actions = {"f": f, "g": g}
actions.get("f", fallback)()
actions.get("h", fallback)()
