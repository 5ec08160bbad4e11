class A:
    def __new__(cls, f):
        self = super().__new__(cls)
        self.prepare()
        return self
    def __init__(self, f): f()
    def prepare(self): pass
def g(): pass
A(g)
