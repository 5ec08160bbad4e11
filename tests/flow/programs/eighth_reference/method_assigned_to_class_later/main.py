class A: pass
def run(self): self.step()
def step(self): pass
A.run = run
A.step = step
A().run()
