from enum import Enum
from functools import partial
def f(): pass
class C(Enum):
    A = partial(f)
C.A.value()
