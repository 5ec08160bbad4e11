def get(x):
    return one
def one():
    pass
[f() for x in range(3) if (f := get(x))]
