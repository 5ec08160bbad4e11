from itertools import chain

def f():
    pass

def g():
    pass

for action in chain([f], [g]):
    action()
