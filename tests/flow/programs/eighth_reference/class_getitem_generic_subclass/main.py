from typing import Generic, TypeVar
T = TypeVar("T")
class Repo(Generic[T]):
    def get(self): return self.load()
    def load(self): pass
class Users(Repo[int]):
    def load(self): pass
Users().get()
