class A:
    def __delitem__(self, key):
        pass

a = A()
del a["x"]
