from collections import namedtuple
P = namedtuple("P", "name fn")
def a(): pass
def b(): pass
ps = [P("a", a), P("b", fn=b)]
ps[0].fn()
