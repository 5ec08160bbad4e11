def one():
    pass
def two():
    pass
def first(a, *rest):
    a()
first(one, two)
