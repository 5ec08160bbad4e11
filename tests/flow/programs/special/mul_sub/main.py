class A:
    def __mul__(self, other):
        pass

    def __sub__(self, other):
        pass

A() * 2
A() - 1
