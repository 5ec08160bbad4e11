from itertools import takewhile
def f(a): return True
list(takewhile(f, [1]))
