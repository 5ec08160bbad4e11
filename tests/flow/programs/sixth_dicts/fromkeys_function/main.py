def f(): pass
d = dict.fromkeys(["a", "b"], f)
d["b"]()
