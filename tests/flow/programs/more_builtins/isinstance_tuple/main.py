class A:
    def a(self): pass
class B:
    def b(self): pass
def go(x):
    if isinstance(x, (A,)):
        x.a()
go(A())
