class Base:
    def go(self): self.step()
    def step(self): pass
