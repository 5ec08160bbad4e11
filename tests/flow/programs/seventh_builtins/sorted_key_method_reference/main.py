class A:
    def key(self): return 1
sorted([A(), A()], key=A.key)
