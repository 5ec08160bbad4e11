def f(): pass
def make():
    return {"a": lambda: f()}
make()["a"]()
