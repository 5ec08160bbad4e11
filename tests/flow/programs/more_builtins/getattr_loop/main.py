class A:
    def x(self): pass
    def y(self): pass
    def z(self): pass
for n in ("x", "y"):
    getattr(A(), n)()
