def one():
    pass
def two():
    pass
for i, (f, g) in enumerate([(one, two)]):
    g()
