from operator import methodcaller
class A:
    def run(self, f): f()
def g(): pass
methodcaller("run", g)(A())
