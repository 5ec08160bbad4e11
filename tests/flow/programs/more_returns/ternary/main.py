def f(): pass
def g(): pass
def get(x): return f if x else g
get(1)()
