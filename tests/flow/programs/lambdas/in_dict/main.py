def f():
    pass

def g():
    pass

table = {"f": lambda: f(), "g": lambda: g()}
table["g"]()
