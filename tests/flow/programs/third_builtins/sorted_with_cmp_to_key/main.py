from functools import cmp_to_key
def compare(a, b):
    return 0
sorted([1, 2], key=cmp_to_key(compare))
