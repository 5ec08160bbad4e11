def helper():
    pass
class A:
    f = staticmethod(helper)
A().f()
A.f()
