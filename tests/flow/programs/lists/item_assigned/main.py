def f():
    pass

def g():
    pass

actions = [f, f]
actions[0] = g
actions[0]()
