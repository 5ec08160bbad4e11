from enum import Enum
from functools import partial
def one():
    pass
class Op(Enum):
    A = partial(one)
    def __call__(self):
        self.value()
Op.A()
