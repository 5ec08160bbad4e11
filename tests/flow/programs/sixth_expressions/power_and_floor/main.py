class N:
    def __pow__(self, other): return self
    def __floordiv__(self, other): return self
    def __mod__(self, other): return self
    def __lshift__(self, other): return self
(N() ** 2 // 3 % 4) << 1
