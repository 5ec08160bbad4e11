class V:
    def __init__(self, n): self.n = n
    def __le__(self, other): return self.n <= other.n
    def __lt__(self, other): return self.n < other.n
V(1) < V(2) <= V(3)
