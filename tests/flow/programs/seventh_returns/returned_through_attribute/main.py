class Box:
    def __init__(self, f): self.f = f
    def get(self): return self.f
def a(): pass
Box(a).get()()
