def one():
    pass
def two():
    pass
table = {"a": one}
(table.get("z") or two)()
