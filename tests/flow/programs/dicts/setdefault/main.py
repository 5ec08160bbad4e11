def f():
    pass

actions = {}
actions.setdefault("a", f)()
