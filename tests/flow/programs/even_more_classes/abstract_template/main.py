from abc import ABC, abstractmethod
class A(ABC):
    def go(self):
        return self.step()
    @abstractmethod
    def step(self): ...
class B(A):
    def step(self): pass
class C(A):
    def step(self): pass
B().go()
