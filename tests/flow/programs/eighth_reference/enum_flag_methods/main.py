from enum import Enum, auto
class Mode(Enum):
    A = auto()
    B = auto()
    @classmethod
    def default(cls): return cls.A
    def run(self): pass
Mode.default().run()
