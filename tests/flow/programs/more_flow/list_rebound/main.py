def f():
    pass

def g():
    pass

actions = [f]
actions = [g]
actions[0]()
