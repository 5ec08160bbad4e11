from dataclasses import dataclass, field
def f(): pass
@dataclass(slots=True, kw_only=True)
class A:
    cb: object
    n: int = 0
A(cb=f).cb()
