def one(): pass
def two(): pass
class A:
    act = staticmethod(one)
a = A()
a.act = two
del a.act
a.act()
