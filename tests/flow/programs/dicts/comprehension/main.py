def f():
    pass

def g():
    pass

actions = {name: action for name, action in [("f", f), ("g", g)]}
for action in actions.values():
    action()
