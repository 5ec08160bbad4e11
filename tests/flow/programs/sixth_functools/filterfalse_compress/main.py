from itertools import filterfalse, compress
def bad(f): return False
def go(): pass
for f in filterfalse(bad, [go]):
    f()
for f in compress([go], [1]):
    f()
