from itertools import dropwhile, accumulate
def small(x): return x < 1
def add(a, b): return a + b
list(dropwhile(small, [1]))
list(accumulate([1, 2], add))
