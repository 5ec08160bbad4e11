def inc(x): return x
def dec(x): return x
list(map(inc, map(dec, [1])))
