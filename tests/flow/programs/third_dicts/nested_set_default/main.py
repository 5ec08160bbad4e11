def one():
    pass
reg = {}
reg.setdefault("x", {}).setdefault("y", []).append(one)
for f in reg["x"]["y"]:
    f()
