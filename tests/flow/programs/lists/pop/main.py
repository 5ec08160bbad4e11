def f():
    pass

def g():
    pass

actions = [f, g]
actions.pop()()
