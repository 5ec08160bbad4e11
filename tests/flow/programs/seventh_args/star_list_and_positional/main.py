def a(): pass
def b(): pass
def c(): pass
def run(x, *rest):
    x()
    rest[1]()
run(a, *[b, c])
