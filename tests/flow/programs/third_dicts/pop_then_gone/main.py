def one():
    pass
def two():
    pass
table = {"a": one, "b": two}
f = table.pop("a")
f()
