from typing import Protocol
class Runs(Protocol):
    def run(self): ...
class A:
    def run(self): pass
def go(x: Runs): x.run()
go(A())
