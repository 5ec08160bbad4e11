class A:
    @staticmethod
    def s(): pass
    @classmethod
    def c(cls): cls.s()
class B(A):
    @staticmethod
    def s(): pass
B.c()
