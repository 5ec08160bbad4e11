class P:
    def set(self, f): self.f = f
class C(P):
    def run(self): self.f()
def act(): pass
c = C()
c.set(act)
c.run()
