from functools import reduce
def f(a, b): return a
reduce(f, [1, 2])
