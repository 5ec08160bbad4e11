def f():
    pass

def g():
    pass

actions = {"1": f, 1: g}
actions[1]()
