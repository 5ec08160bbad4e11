def ok(x): return True
[x for x in [1] if ok(x)]
