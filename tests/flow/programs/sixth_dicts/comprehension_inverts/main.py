def f(): pass
def g(): pass
names = {"f": f, "g": g}
byfn = {v: k for k, v in names.items()}
for fn in byfn:
    fn()
