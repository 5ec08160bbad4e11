class A:
    def __radd__(self, other):
        return self

    def __add__(self, other):
        return self

sum([A(), A()])
