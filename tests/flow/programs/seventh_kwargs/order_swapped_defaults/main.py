def a(): pass
def b(): pass
def c(): pass
def run(x=a, y=b, z=c):
    x(); z()
run(z=b, x=c)
