def f():
    pass

def g():
    pass

actions = {"a": f}
actions.update({"a": g})
actions["a"]()
