class A:
    def run(self): pass
def other(): pass
a, b = A(), A()
a.run = other
a.run()
