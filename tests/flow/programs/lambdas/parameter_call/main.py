def f():
    pass

action = lambda g: g()
action(f)
