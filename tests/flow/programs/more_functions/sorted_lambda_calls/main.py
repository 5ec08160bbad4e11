def rank(x):
    return x

sorted([1], key=lambda x: rank(x))
