class Meta(type):
    def __new__(mcs, name, bases, namespace):
        return super().__new__(mcs, name, bases, namespace)

class A(metaclass=Meta):
    def run(self):
        pass

A().run()
