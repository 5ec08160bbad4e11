from enum import Enum
from functools import partial
def f(): pass
class A(Enum):
    X = partial(f)
for m in A:
    m.value()
