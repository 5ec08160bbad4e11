def one():
    pass
def two():
    pass
f = next((g for g in [one, two] if g.__name__ == "two"), None)
f()
