class A:
    def __init__(self, f): self.f = f
class B(A):
    def __init__(self, f):
        super().__init__(f)
        self.f()
def act(): pass
B(act)
