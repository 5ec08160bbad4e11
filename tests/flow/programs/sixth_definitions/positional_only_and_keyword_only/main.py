def a(): pass
def b(): pass
def c(): pass
def run(x, /, y, *, z):
    x(); y(); z()
run(a, z=c, y=b)
