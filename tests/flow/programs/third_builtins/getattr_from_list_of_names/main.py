class A:
    def x(self):
        pass
    def y(self):
        pass
    def z(self):
        pass
a = A()
for name in ("x", "y"):
    getattr(a, name)()
