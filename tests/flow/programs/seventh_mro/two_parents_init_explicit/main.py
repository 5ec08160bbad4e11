class A:
    def __init__(self): pass
class B:
    def __init__(self): pass
class C(A, B):
    def __init__(self):
        A.__init__(self)
        B.__init__(self)
C()
