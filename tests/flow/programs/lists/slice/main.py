def f():
    pass

def g():
    pass

def h():
    pass

actions = [f, g, h]
actions[1:][0]()
