class A:
    @property
    def x(self): return 1
    @x.setter
    def x(self, v): check(v)
def check(v): pass
A().x = 2
