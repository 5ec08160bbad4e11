def a(): pass
def b(): pass
d = {"x": {"y": a}}
d["x"]["y"] = b
d["x"]["y"]()
