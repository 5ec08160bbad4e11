class Field:
    def __set_name__(self, owner, name):
        owner.register(name)
class Base:
    @classmethod
    def register(cls, name): pass
class A(Base):
    x = Field()
