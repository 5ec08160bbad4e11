def f(): pass
def g(): pass
d = {"a": f}
del d["a"]
d["a"] = g
d["a"]()
