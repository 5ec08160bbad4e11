class M(type):
    def __instancecheck__(cls, x): return True
class A(metaclass=M): pass
isinstance(1, A)
