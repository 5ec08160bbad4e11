def a(): pass
def b(): pass
def run(f, g):
    f = g
    f()
run(a, b)
