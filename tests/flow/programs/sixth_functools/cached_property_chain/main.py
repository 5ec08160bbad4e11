from functools import cached_property
class A:
    @cached_property
    def client(self): return Client()
class Client:
    def ask(self): pass
a = A()
a.client.ask()
a.client.ask()
