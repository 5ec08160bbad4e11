class A:
    @property
    def x(self):
        return 1

    @x.deleter
    def x(self):
        note()

def note():
    pass

a = A()
del a.x
