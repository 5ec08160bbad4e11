def f():
    pass

def g():
    pass

action = f
del action
action = g
action()
