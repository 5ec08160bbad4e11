class A:
    def m(self): pass
def make(): return A()
make().m()
