def f():
    pass

def g():
    pass

table = {"on_a": f, "on_b": g}
kind = "b"
table[f"on_{kind}"]()
