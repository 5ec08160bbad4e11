class A:
    def run(self): pass
a = A()
m = a.run
m.__func__(a)
m.__self__.other() if False else None
