from typing import Protocol
class Runs(Protocol):
    def run(self): ...
class A:
    def run(self):
        pass
def go(r: Runs):
    r.run()
go(A())
