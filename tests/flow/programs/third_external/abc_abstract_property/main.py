import abc
class Base(abc.ABC):
    @property
    @abc.abstractmethod
    def name(self):
        ...
    def show(self):
        return self.name
class A(Base):
    @property
    def name(self):
        return make()
def make():
    return ""
A().show()
