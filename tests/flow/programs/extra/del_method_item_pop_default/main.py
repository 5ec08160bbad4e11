def f():
    pass

def g():
    pass

table = {"a": f}
table.pop("b", g)()
