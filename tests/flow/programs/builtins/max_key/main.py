def rank(x):
    return x

max([1, 2], key=rank)
