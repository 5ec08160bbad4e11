def one():
    pass
def two():
    pass
tables = {"x": {"f": one, "g": two}}
for name, inner in tables.items():
    inner["f"]()
