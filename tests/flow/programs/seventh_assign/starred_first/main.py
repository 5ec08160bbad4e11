def a(): pass
def b(): pass
def c(): pass
*rest, last = a, b, c
last()
rest[0]()
