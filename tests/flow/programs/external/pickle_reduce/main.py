import copy
class A:
    def __deepcopy__(self, memo): return self
copy.deepcopy(A())
