def one():
    pass
def two():
    pass
pairs = [("a", one), ("b", two)]
table = {k: v for k, v in pairs}
table["a"]()
table["b"]()
