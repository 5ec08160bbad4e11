from enum import Enum
class Kind(Enum):
    A = 1
    B = 2
def one():
    pass
def two():
    pass
def pick(k):
    match k:
        case Kind.A:
            return one
        case Kind.B:
            return two
pick(Kind.A)()
