def one():
    pass
def fallback():
    pass
table = {"a": one}
table.get("b", fallback)()
