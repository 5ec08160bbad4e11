from abc import ABC, abstractmethod

class Base(ABC):
    @abstractmethod
    def step(self):
        ...

    def run(self):
        self.step()

class Child(Base):
    def step(self):
        pass

Child().run()
