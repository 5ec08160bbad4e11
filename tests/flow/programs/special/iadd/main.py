class A:
    def __iadd__(self, other):
        return self

a = A()
a += 1
