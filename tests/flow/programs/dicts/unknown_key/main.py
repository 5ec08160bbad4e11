import sys

def f():
    pass

def g():
    pass

actions = {"f": f, "g": g}
actions[sys.argv[1]]()
