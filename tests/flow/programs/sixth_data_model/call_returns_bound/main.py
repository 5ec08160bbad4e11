class A:
    def __call__(self): return self.step
    def step(self): pass
A()()()
