from dataclasses import dataclass

def f():
    pass

@dataclass
class Base:
    name: str

@dataclass
class Child(Base):
    action: object

Child("x", f).action()
