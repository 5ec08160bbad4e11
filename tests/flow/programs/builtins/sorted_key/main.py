def rank(x):
    return x

sorted([3, 1], key=rank)
