class A:
    def run(self): pass
class B(A):
    def run(self): pass
B.__bases__[0].run(B())
