class A:
    def __init__(self, n): self.n = n
    def key(self): return self.n
    def order(self, items): return sorted(items, key=lambda i: i.key())
A(1).order([A(2)])
