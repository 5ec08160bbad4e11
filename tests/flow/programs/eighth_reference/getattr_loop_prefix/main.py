class A:
    def test_a(self): pass
    def test_b(self): pass
    def other(self): pass
a = A()
for n in ("test_a", "test_b"):
    getattr(a, n)()
