def f():
    pass

def g():
    pass

actions = {"a": f}
actions.update({"b": g})
actions["b"]()
