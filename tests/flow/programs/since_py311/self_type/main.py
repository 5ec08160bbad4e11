from typing import Self
class A:
    def set(self) -> Self:
        return self
    def run(self): pass
A().set().run()
