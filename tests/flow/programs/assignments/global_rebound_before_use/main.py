def f():
    pass

def g():
    pass

action = f
action = g

def run():
    action()

run()
