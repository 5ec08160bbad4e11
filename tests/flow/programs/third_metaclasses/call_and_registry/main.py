class Meta(type):
    def __new__(mcls, name, bases, ns):
        cls = super().__new__(mcls, name, bases, ns)
        note(cls)
        return cls
def note(cls):
    pass
class A(metaclass=Meta):
    def go(self):
        pass
A().go()
