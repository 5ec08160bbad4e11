class A: pass
def get(self): return 1
A.value = property(get)
A().value
