class P:
    def ok(self, x): return self.test(x)
    def test(self, x): return True
list(filter(P().ok, [1]))
