from dataclasses import dataclass, asdict
def f(): pass
@dataclass
class A:
    act: object
asdict(A(f))["act"]()
