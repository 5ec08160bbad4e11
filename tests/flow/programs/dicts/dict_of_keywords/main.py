def f():
    pass

def g():
    pass

actions = dict(a=f, b=g)
actions["a"]()
