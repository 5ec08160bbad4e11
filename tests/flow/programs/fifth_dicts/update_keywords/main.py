def one():
    pass
def two():
    pass
d = {"a": one}
d.update(a=two)
d["a"]()
