def f(x):
    return x

",".join(f(x) for x in "abc")
