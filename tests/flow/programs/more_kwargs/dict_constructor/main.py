def f(): pass
d = dict(cb=f)
d["cb"]()
