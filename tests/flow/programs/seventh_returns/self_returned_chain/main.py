class Q:
    def a(self): return self
    def b(self): return self
Q().a().b().a()
