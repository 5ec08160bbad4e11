from dataclasses import dataclass
@dataclass
class A:
    x: object
@dataclass
class B(A):
    y: object
def f(): pass
def g(): pass
B(f, g).y()
