class A:
    def __add__(self, o): return self
    def __radd__(self, o): return self
sum([A(), A()])
