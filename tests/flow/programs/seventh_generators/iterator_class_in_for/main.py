class It:
    def __init__(self, fs): self.fs = fs
    def __iter__(self): return self
    def __next__(self):
        if not self.fs: raise StopIteration
        return self.fs.pop()
def a(): pass
for f in It([a]):
    f()
