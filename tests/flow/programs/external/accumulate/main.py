from itertools import accumulate
def f(a, b): return a
list(accumulate([1, 2], f))
