def f():
    pass

def g():
    pass

def change(table):
    table["a"] = g

table = {"a": f}
change(table)
table["a"]()
