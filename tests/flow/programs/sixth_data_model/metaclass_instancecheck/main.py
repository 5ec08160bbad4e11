class Meta(type):
    def __instancecheck__(cls, obj): return cls.ok(obj)
    def ok(cls, obj): return True
class A(metaclass=Meta): pass
isinstance(1, A)
