class A:
    cb = None
class B:
    def cb(self): pass
class C(B, A): pass
C().cb()
