def one():
    pass
def two():
    pass
d = {"a": [one], "b": [two]}
for f in d["b"]:
    f()
