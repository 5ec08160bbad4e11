class A:
    def go(self):
        pass
a = A()
if hasattr(a, "go"):
    a.go()
