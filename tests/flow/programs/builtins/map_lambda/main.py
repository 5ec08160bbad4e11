def f(x):
    return x

list(map(lambda x: f(x), [1, 2]))
