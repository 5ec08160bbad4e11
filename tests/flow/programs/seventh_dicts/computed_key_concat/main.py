def a(): pass
def b(): pass
d = {"on_x": a, "on_y": b}
d["on_" + "y"]()
