def a(): pass
def b(): pass
def pair(): return a, b
_, f = pair()
f()
