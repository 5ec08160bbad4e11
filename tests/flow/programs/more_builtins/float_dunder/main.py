class A:
    def __float__(self): return 1.0
float(A())
