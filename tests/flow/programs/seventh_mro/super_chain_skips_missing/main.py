class A:
    def f(self): pass
class B(A): pass
class C(B):
    def f(self): super().f()
C().f()
