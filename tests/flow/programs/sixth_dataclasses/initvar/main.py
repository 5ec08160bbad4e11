from dataclasses import dataclass, InitVar
@dataclass
class A:
    fn: InitVar
    def __post_init__(self, fn):
        fn()
def f(): pass
A(f)
