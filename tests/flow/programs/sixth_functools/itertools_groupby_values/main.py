from itertools import groupby
def key(f): return f.__name__
def one(): pass
def two(): pass
for k, fs in groupby([one, two], key):
    for f in fs:
        f()
