from functools import cached_property
class A:
    @cached_property
    def client(self):
        return make()
def make():
    return B()
class B:
    def go(self):
        pass
a = A()
a.client.go()
