def f():
    pass

def g():
    pass

actions = list((f, g))
actions.copy()[0]()
