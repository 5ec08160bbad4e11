def one():
    pass
def two():
    pass
def make():
    return (one, (two, None))
a, (b, _) = make()
b()
