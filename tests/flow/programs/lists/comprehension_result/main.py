def f():
    pass

def same(x):
    return x

actions = [same(a) for a in [f]]
actions[0]()
