def f():
    pass

def g():
    pass

actions = [f]
actions.append(g)
actions[1]()
