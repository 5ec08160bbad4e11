import sys
class A:
    def go(self):
        pass
class B:
    def go(self):
        pass
def pick():
    if sys.argv:
        return A()
    return B()
pick().go()
