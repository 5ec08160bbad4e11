def f():
    pass

def g():
    pass

actions = {"a": f}
actions["b"] = g
actions["b"]()
