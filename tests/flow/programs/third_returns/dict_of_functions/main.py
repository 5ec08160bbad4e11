def one():
    pass
def two():
    pass
def table():
    return {"a": one, "b": two}
table()["b"]()
