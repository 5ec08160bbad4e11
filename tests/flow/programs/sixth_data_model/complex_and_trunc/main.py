import math
class A:
    def __complex__(self): return 1j
    def __trunc__(self): return 1
    def __ceil__(self): return 2
complex(A()); math.trunc(A()); math.ceil(A())
