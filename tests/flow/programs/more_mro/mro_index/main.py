class A:
    def run(self): pass
class B(A):
    def run(self): pass
B.__mro__[1].run(B())
