def a(): pass
def b(): pass
d = {1: a, "1": b}
d["1"]()
