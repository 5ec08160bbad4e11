def f(): pass
d = {}
d.setdefault("x", []).append(f)
for fn in d["x"]:
    fn()
