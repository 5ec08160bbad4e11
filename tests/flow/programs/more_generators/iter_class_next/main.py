class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        return f
def f(): pass
for fn in It():
    fn()
