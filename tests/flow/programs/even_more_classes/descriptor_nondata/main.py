class D:
    def __get__(self, obj, cls):
        return f
def f(): pass
class A:
    x = D()
A().x()
