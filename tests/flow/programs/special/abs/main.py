class A:
    def __abs__(self):
        return 1

abs(A())
