def f():
    pass

def g():
    pass

first = [f]
actions = [*first, g]
actions[1]()
