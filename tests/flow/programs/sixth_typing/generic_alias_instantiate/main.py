from typing import Generic, TypeVar
T = TypeVar("T")
class Box(Generic[T]):
    def __init__(self, item): self.item = item
def f(): pass
Box[object](f).item()
