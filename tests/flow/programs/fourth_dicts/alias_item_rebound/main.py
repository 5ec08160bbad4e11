def one():
    pass
def two():
    pass
table = {"f": one}
other = table
other["f"] = two
table["f"]()
