def f():
    pass

def g():
    pass

actions = [g]
actions.insert(0, f)
actions[0]()
