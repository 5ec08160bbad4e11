def one():
    pass
def two():
    pass
def walk(n, f, other):
    if n:
        walk(n - 1, f, other)
    f()
walk(3, one, two)
