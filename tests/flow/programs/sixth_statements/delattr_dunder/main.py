class A:
    def __delattr__(self, name):
        self.log(name)
    def log(self, name): pass
a = A()
del a.x
