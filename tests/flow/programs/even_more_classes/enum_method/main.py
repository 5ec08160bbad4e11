from enum import Enum
class C(Enum):
    A = 1
    def run(self): pass
C.A.run()
C["A"].run()
C(1).run()
for c in C:
    c.run()
