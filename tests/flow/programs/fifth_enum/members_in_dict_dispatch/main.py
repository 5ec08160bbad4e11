from enum import Enum
class K(Enum):
    A = 1
    B = 2
def one():
    pass
def two():
    pass
table = {K.A: one, K.B: two}
table[K.B]()
