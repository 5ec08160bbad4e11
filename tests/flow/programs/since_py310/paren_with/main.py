class A:
    def __enter__(self): return self
    def __exit__(self, *a): pass
    def run(self): pass
with (A() as a, A() as b):
    b.run()
