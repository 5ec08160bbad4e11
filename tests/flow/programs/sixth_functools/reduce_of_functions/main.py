from functools import reduce
def add_f(acc, fn):
    fn()
    return acc
def a(): pass
def b(): pass
reduce(add_f, [a, b], None)
