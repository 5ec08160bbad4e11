class A:
    def __divmod__(self, o): return 1
divmod(A(), 2)
