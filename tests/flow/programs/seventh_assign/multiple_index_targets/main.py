def a(): pass
def b(): pass
d = {}
d["x"], d["y"] = a, b
d["y"]()
