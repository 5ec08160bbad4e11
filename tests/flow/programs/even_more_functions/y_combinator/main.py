def f(): pass
def apply(fn, *a, **k): return fn(*a, **k)
apply(apply, f)
