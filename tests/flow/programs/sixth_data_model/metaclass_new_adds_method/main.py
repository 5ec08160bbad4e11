def hello(self): pass
class Meta(type):
    def __new__(mcls, name, bases, ns):
        ns["hello"] = hello
        return super().__new__(mcls, name, bases, ns)
class A(metaclass=Meta): pass
A().hello()
