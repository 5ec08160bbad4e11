import types
class A: pass
def run(self): pass
a = A()
a.run = types.MethodType(run, a)
a.run()
