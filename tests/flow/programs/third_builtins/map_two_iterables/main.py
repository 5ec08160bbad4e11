def one(x):
    pass
def apply(f, x):
    f(x)
list(map(apply, [one], [1]))
