class A:
    def go(self):
        self.step()
    def step(self):
        pass
class B:
    go = A.go
    def step(self):
        pass
B().go()
