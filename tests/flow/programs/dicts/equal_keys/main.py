def f():
    pass

def g():
    pass

actions = {1: f}
actions[True] = g
actions[1]()
