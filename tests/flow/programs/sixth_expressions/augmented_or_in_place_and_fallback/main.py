class S:
    def __ior__(self, other):
        self.add(other)
        return self
    def add(self, other): other()
def f(): pass
s = S()
s |= f
