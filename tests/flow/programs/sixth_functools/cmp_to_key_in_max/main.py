from functools import cmp_to_key
def cmp(a, b): return helper(a, b)
def helper(a, b): return 0
max([1, 2], key=cmp_to_key(cmp))
