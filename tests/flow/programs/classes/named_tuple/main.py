from typing import NamedTuple

def f():
    pass

class Pair(NamedTuple):
    name: str
    action: object

Pair("a", f).action()
