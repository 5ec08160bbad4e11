from enum import Enum
class P(Enum):
    EARTH = (1, 2)
    def __init__(self, a, b): self.check()
    def check(self): pass
