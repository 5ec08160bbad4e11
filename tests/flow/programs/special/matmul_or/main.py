class A:
    def __or__(self, other):
        return self

    def __matmul__(self, other):
        return self

A() | A()
A() @ A()
