class A:
    def run(self): pass
class B:
    def run(self): pass
objs = {"a": A(), "b": B()}
objs["b"].run()
