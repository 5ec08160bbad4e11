class Job:
    def __init__(self, *, fn): self.fn = fn
    def go(self): self.fn()
def make(**kw): return Job(**kw)
def a(): pass
make(fn=a).go()
