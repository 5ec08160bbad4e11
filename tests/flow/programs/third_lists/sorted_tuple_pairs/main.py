def one():
    pass
def two():
    pass
for n, f in sorted([(2, one), (1, two)]):
    f()
