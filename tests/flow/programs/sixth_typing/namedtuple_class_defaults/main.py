from typing import NamedTuple
def f(): pass
class R(NamedTuple):
    a: object
    act: object = f
r = R(1)
r.act()
x, y = r
y()
