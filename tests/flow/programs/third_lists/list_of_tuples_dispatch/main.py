def one():
    pass
def two():
    pass
rules = [("a", one), ("b", two)]
for name, f in rules:
    if name == "a":
        f()
