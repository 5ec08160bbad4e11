class Step:
    def __init__(self, fn): self.fn = fn
    def __call__(self, x): return self.fn(x)
def a(x): return x
def b(x): return x
x = 1
for s in [Step(a), Step(b)]:
    x = s(x)
