from enum import Enum
class C(Enum):
    A = 1
    @classmethod
    def _missing_(cls, v): return cls.fallback()
    @classmethod
    def fallback(cls): return cls.A
C(7)
