class A:
    __slots__ = ("f",)
    def __init__(self, f):
        self.f = f
def one():
    pass
def two():
    pass
a = A(one)
b = A(two)
a.f()
