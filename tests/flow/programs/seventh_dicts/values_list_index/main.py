def a(): pass
def b(): pass
d = {"a": a, "b": b}
list(d.values())[1]()
