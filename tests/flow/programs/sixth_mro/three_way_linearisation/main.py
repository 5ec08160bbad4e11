class O:
    def f(self): pass
class A(O):
    def f(self): super().f()
class B(O):
    def f(self): super().f()
class C(A, B): pass
class D(B): pass
C().f()
