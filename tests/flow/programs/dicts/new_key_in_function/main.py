def f():
    pass

def fill(target, key):
    target[key] = f

actions = {}
fill(actions, "a")
actions["a"]()
