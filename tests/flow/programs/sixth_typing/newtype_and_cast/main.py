from typing import NewType, cast
class A:
    def run(self): pass
T = NewType("T", A)
T(A()).run()
cast(A, A()).run()
