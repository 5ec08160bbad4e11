from functools import reduce

def f(x):
    return x

def g(x):
    return x

def compose(*functions):
    return reduce(lambda a, b: lambda x: b(a(x)), functions)

compose(f, g)(1)
