def f():
    pass

def g():
    pass

actions = {"a": f}
actions["a"] = g
actions["a"]()
