class Field:
    def __get__(self, instance, owner):
        return 1

    def __set__(self, instance, value):
        pass

class A:
    field = Field()

a = A()
a.field = 2
a.field
