def a(): pass
def b(): pass
d = dict(zip(["a", "b"], [a, b]))
d["b"]()
