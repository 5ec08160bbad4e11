def add(cls):
    def run(self): pass
    cls.run = run
    return cls
@add
class A: pass
A().run()
