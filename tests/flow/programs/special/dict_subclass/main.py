def f():
    pass

class Table(dict):
    pass

table = Table()
table["a"] = f
table["a"]()
