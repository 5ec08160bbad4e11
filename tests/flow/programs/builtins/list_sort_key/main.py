def rank(x):
    return x

items = [3, 1]
items.sort(key=rank)
