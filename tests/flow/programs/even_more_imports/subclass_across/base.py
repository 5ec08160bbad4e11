class Base:
    def run(self):
        self.step()
    def step(self): pass
