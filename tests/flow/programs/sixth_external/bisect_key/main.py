import bisect
def key(x): return x
bisect.bisect([1], 1, key=key)
