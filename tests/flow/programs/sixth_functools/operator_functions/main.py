import operator
class A:
    def __add__(self, o): return self
    def __lt__(self, o): return True
    def __getitem__(self, k): return act
def act(): pass
operator.add(A(), 1)
operator.lt(A(), A())
operator.getitem(A(), 0)()
