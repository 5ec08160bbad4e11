def f(): pass
d = {"a": f}
if "a" in d:
    d["a"]()
