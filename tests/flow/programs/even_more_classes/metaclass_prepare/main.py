class M(type):
    @classmethod
    def __prepare__(mcls, name, bases): return {}
class A(metaclass=M): pass
