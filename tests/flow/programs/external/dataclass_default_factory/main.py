from dataclasses import dataclass, field
def f(): return []
@dataclass
class A:
    x: list = field(default_factory=f)
A()
