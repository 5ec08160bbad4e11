from itertools import chain
def a(): pass
def b(): pass
d = {"x": [a], "y": [b]}
for f in chain(*d.values()):
    f()
