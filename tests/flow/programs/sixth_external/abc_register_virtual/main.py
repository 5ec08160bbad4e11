from abc import ABC, abstractmethod
class Base(ABC):
    @abstractmethod
    def run(self): ...
    def go(self): return self.run()
class X(Base):
    def run(self): pass
def use(b: Base): b.go()
use(X())
