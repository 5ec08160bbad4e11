class A:
    def __lt__(self, other):
        return True

A() < A()
