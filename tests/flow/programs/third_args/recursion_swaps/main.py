def one():
    pass
def two():
    pass
def walk(n, f, g):
    f()
    if n:
        walk(n - 1, g, f)
walk(3, one, two)
