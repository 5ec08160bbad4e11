from collections import defaultdict

def make():
    return f

def f():
    pass

actions = defaultdict(make)
actions["a"]()
