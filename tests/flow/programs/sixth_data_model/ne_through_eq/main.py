class A:
    def __eq__(self, o): return same()
def same(): return True
A() != A()
