from operator import methodcaller
class A:
    def go(self):
        pass
list(map(methodcaller("go"), [A()]))
