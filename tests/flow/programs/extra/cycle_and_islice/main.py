from itertools import cycle, islice

def f():
    pass

for action in islice(cycle([f]), 3):
    action()
