def one():
    pass
def two():
    pass
base = {"f": one}
merged = {**base, "f": two}
merged["f"]()
