from dataclasses import dataclass, field
def make():
    return []
def check(x):
    pass
@dataclass
class A:
    xs: list = field(default_factory=make)
    def __post_init__(self):
        check(self.xs)
A()
