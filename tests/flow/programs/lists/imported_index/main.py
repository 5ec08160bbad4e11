from settings import INDEX

def f():
    pass

def g():
    pass

actions = [f, g]
actions[INDEX]()
