class A:
    def __round__(self, n=None): return 1
round(A())
