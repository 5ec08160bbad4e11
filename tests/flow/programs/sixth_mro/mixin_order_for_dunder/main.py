class M:
    def __enter__(self): return self.start()
    def __exit__(self, *e): pass
class N:
    def start(self): pass
class X(M, N): pass
with X(): pass
