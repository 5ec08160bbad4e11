def f(): pass
d = {"a": {}}
d["a"]["b"] = f
d["a"]["b"]()
