def f():
    pass

def g():
    pass

actions = [f, g]
for i, action in enumerate(actions):
    actions[i]()
