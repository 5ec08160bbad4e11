class Meta(type):
    @property
    def tool(cls): return cls.make
class A(metaclass=Meta):
    @staticmethod
    def make(): pass
A.tool()
