from enum import Enum
class K(Enum):
    A = 1
    B = 2
def f(): pass
def g(): pass
{K.A: f, K.B: g}[K.A]()
