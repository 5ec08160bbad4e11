class A:
    def run(self): pass
a = A()
if hasattr(a, "run"):
    a.run()
