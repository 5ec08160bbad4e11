def inner(): return leaf
def leaf(): pass
def apply(fn): return fn()
def run(x): x()
run(apply(inner))
