import copy
class A:
    def __copy__(self): return make()
    def __deepcopy__(self, memo): return make()
def make(): return B()
class B:
    def run(self): pass
copy.copy(A()).run()
copy.deepcopy(A())
