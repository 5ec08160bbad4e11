from itertools import pairwise
def f(): pass
def g(): pass
for a, b in pairwise([f, g]):
    a()
    b()
