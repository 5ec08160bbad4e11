def f(): pass
def g(): pass
for k, fn in sorted({"b": f, "a": g}.items()):
    fn()
