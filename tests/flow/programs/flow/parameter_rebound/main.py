def f():
    pass

def g():
    pass

def run(action):
    action = g
    action()

run(f)
