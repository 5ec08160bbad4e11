class A:
    @classmethod
    def build(cls): return cls.part()
    @classmethod
    def part(cls): pass
class B(A):
    @classmethod
    def build(cls): return super().build()
    @classmethod
    def part(cls): pass
B.build()
