class A:
    def get(self): return act
    value = property(get)
def act(): pass
A().value()
