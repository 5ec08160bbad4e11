def a(): pass
def b(): pass
d = {"a": a, "b": b}
f = d["a"]
d["a"] = b
f()
