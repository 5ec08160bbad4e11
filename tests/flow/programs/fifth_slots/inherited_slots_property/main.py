class A:
    __slots__ = ("_x",)
    @property
    def x(self):
        return make()
class B(A):
    __slots__ = ()
def make():
    return 1
B().x
