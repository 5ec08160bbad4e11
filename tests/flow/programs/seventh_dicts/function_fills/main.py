def a(): pass
def fill(d): d["f"] = a
table = {}
fill(table)
table["f"]()
