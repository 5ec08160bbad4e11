def same(x):
    return x
def one():
    pass
def two():
    pass
a = same(one)
b = same(two)
a()
