class A:
    @property
    def x(self): return 1
class B(A):
    @property
    def x(self): return super().x
B().x
