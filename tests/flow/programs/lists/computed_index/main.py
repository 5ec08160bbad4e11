def f():
    pass

def g():
    pass

actions = [f, g]
i = 0
actions[i + 1]()
