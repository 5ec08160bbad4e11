def key(x): return x
sorted([1], key=lambda x: key(x))
