def f(): pass
def g(): pass
d = {**{"a": f}, **{"a": g}}
d["a"]()
