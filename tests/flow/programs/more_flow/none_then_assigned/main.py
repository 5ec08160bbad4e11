def f():
    pass

action = None
if action is None:
    action = f
action()
