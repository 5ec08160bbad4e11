import sys

def f():
    pass

def g():
    pass

if sys.argv:
    action = f
else:
    action = g
action()
