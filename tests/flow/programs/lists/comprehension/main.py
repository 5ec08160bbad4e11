def f():
    pass

def g():
    pass

[action() for action in [f, g]]
