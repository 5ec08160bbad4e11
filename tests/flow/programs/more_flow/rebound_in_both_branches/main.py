import sys

def f():
    pass

def g():
    pass

def h():
    pass

action = f
if sys.argv:
    action = g
else:
    action = h
action()
