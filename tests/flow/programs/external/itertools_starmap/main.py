from itertools import starmap
def f(a, b): return a
list(starmap(f, [(1, 2)]))
