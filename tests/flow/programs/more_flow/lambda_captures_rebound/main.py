def f():
    pass

def g():
    pass

action = f
late = lambda: action()
action = g
late()
