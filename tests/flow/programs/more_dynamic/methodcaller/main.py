from operator import methodcaller
class A:
    def run(self): pass
methodcaller("run")(A())
