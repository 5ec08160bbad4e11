class A:
    def keys(self): return ["x"]
    def __getitem__(self, k): return 1
def f(**k): pass
f(**A())
