class A:
    def __init__(self): self.f = lambda: self.go()
    def go(self): pass
A().f()
