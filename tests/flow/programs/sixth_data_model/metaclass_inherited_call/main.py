class Meta(type):
    def __call__(cls, *a):
        obj = super().__call__(*a)
        obj.ready()
        return obj
class Base(metaclass=Meta):
    def ready(self): pass
class Child(Base):
    def __init__(self, x): pass
Child(1)
