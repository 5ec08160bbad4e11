class A:
    def run(self):
        self.step()
    def step(self): pass
class M:
    def step(self): pass
class B(M, A): pass
B().run()
