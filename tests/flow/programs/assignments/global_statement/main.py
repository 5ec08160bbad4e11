def f():
    pass

action = None

def setup():
    global action
    action = f

setup()
action()
