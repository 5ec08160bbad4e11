from typing import Generic, TypeVar
T = TypeVar("T")
class Base(Generic[T]):
    def go(self):
        self.step()
class A(Base[int]):
    def step(self):
        pass
A().go()
