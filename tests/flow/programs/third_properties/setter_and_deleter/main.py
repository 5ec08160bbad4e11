class A:
    @property
    def x(self):
        return 1
    @x.setter
    def x(self, value):
        check(value)
    @x.deleter
    def x(self):
        drop()
def check(v):
    pass
def drop():
    pass
a = A()
a.x = 2
del a.x
