class Count:
    def __init__(self, fn): self.fn = fn
    def __call__(self): return self.fn()
@Count
def f(): pass
f()
