def key(x): return 1
a = [1]
a.sort(key=key)
