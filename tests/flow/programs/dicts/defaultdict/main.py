from collections import defaultdict

def f():
    pass

actions = defaultdict(list)
actions["a"].append(f)
for action in actions["a"]:
    action()
