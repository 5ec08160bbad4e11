class A:
    def __dir__(self): return names()
    def __sizeof__(self): return 8
def names(): return ["a"]
import sys
dir(A()); sys.getsizeof(A())
