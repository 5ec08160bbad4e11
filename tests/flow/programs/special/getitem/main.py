class A:
    def __getitem__(self, key):
        return f

def f():
    pass

A()["x"]()
