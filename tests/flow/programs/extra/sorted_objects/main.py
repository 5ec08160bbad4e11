class A:
    def __lt__(self, other):
        return True

sorted([A(), A()])
