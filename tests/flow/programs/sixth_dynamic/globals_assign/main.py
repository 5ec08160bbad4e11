def f(): pass
globals()["g"] = f
g()
