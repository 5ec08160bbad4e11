def f():
    pass

def g():
    pass

actions = [f]
actions.extend([g])
actions[1]()
