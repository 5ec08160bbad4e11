def f():
    pass

def g():
    pass

actions = dict(zip(["f", "g"], [f, g]))
actions["f"]()
