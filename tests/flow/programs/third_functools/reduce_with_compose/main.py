from functools import reduce
def one(x):
    return x
def two(x):
    return x
def compose(f, g):
    return lambda x: g(f(x))
both = reduce(compose, [one, two])
both(1)
