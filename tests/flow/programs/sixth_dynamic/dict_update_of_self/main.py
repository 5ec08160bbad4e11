class A:
    def __init__(self, **kw): self.__dict__.update(kw)
def f(): pass
A(act=f).act()
