def a(): pass
def b(): pass
class P:
    act = a
    def go(self): type(self).act()
class C(P):
    act = b
C().go()
