class A:
    def __init__(self, *, f): f()
class B(A):
    def __init__(self, **kw): super().__init__(**kw)
def g(): pass
B(f=g)
