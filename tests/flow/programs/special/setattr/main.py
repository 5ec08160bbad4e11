class A:
    def __setattr__(self, name, value):
        pass

a = A()
a.x = 1
