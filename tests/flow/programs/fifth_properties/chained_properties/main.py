class A:
    @property
    def b(self):
        return B()
class B:
    @property
    def c(self):
        return leaf
def leaf():
    pass
A().b.c()
