def f():
    pass

def g():
    pass

action = f
action = g
action()
