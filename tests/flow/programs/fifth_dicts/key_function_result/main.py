def key():
    return "a"
def one():
    pass
def two():
    pass
d = {"a": one, "b": two}
d[key()]()
