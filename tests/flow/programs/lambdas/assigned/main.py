def f():
    pass

action = lambda: f()
action()
