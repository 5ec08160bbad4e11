def add(f, x): f()
def a(): pass
def curry(f): return lambda x: add(f, x)
curry(a)(1)
