class A:
    @staticmethod
    def make(): pass
    def __new__(cls): return super().__new__(cls)
class B(A):
    @staticmethod
    def make(): A.make()
    def __new__(cls):
        return super().__new__(cls)
B().make()
