class A:
    def f(self): self.g()
    def g(self): pass
class B(A): pass
class C(B):
    def g(self): pass
C().f()
