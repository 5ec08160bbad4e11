class Field:
    def __set_name__(self, owner, name):
        self.name = name
    def __get__(self, obj, owner=None):
        return one
    def __set__(self, obj, value):
        check(value)
def check(v):
    pass
def one():
    pass
class A:
    f = Field()
a = A()
a.f = 3
a.f()
