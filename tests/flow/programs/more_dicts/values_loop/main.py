def f(): pass
def g(): pass
for fn in {"a": f, "b": g}.values():
    fn()
