def f():
    pass

def g():
    pass

actions = {("a", 1): f, ("b", 2): g}
actions["b", 2]()
