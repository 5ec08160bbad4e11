def one():
    pass

def two():
    pass

table = {"one": one, "two": two}
kind, _, name = "call:two".partition(":")
table[name]()
