def f():
    pass

def g():
    pass

tree = {"a": {"x": f, "y": g}}
tree["a"]["y"]()
