class A:
    def __init__(self): self._f = None
    @property
    def f(self): return self._f
    @f.setter
    def f(self, v): self._f = self.check(v)
    def check(self, v): return v
def g(): pass
a = A()
a.f = g
a.f()
