def a(): pass
def b(): pass
def run(x, /, **kw):
    kw["x"]()
run(a, x=b)
