class A:
    def __setitem__(self, key, value):
        self.store(value)

    def store(self, value):
        pass

a = A()
a["x"] = 1
