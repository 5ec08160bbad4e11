def f():
    pass

action = f
action()
