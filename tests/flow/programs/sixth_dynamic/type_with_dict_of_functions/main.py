def run(self): self.step()
def step(self): pass
T = type("T", (), {"run": run, "step": step})
T().run()
