def keep(x):
    return True

def f(x):
    return x

[f(x) for x in [1] if keep(x)]
