from collections import namedtuple

def f():
    pass

def g():
    pass

Pair = namedtuple("Pair", ["first", "second"])
pair = Pair(f, g)
pair.second()
