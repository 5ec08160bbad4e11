class A:
    def run(self): self.step()
    def step(self): pass
f = A.run
f(A())
