class A:
    def run(self): pass
def make(cls): return cls()
def go(obj): obj.run()
go(make(A))
