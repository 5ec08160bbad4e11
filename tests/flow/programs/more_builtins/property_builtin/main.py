class A:
    def get(self): return 1
    x = property(get)
A().x
