class A:
    def __init__(self, f):
        self.f = f
    def go(self):
        self.f()
def one():
    pass
def two():
    pass
def call(f):
    f()
call(A(one).go)
A(two)
