import pkg
class C(pkg.B):
    def step(self): pass
C().go()
