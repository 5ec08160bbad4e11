def one():
    pass
def two():
    pass
d = {"a": one, "b": two}
for k in d:
    d[k]()
