class A:
    __slots__ = ("act",)
    def __init__(self, act): self.act = act
def f(): pass
def g(): pass
a, b = A(f), A(g)
b.act()
