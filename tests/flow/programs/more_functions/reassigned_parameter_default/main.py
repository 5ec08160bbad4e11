def f():
    pass

def g():
    pass

def run(action=f):
    if action is f:
        action = g
    action()

run()
