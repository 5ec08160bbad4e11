def f(x):
    return x

rows = [[f(c) for c in row] for row in [[1]]]
