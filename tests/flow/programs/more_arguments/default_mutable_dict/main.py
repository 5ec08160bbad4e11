def f(): pass
def go(table={}):
    table.setdefault("a", f)
    table["a"]()
go()
