class M(type):
    def __init__(cls, name, bases, ns): pass
class A(metaclass=M): pass
