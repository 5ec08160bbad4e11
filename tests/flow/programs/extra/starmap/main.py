from itertools import starmap

def f(a, b):
    b()

def g():
    pass

list(starmap(f, [(1, g)]))
