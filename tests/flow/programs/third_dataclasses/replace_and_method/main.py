from dataclasses import dataclass, replace
@dataclass(frozen=True)
class A:
    f: object
    def run(self):
        self.f()
def one():
    pass
def two():
    pass
a = A(one)
b = replace(a, f=two)
b.run()
