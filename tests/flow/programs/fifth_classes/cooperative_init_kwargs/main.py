class A:
    def __init__(self, **kw):
        super().__init__(**kw)
class B:
    def __init__(self, **kw):
        note()
def note():
    pass
class C(A, B):
    pass
C()
