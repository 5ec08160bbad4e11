import copy
from dataclasses import dataclass
def f(): pass
def g(): pass
@dataclass
class A:
    cb: object
b = copy.replace(A(f), cb=g)
b.cb()
