class A:
    @property
    def value(self):
        return self.check()

    @value.setter
    def value(self, new):
        self.store(new)

    def check(self):
        pass

    def store(self, new):
        pass

a = A()
a.value = 1
