class Checked:
    def __init__(self, check): self.check = check
    def __set__(self, obj, value): self.check(value)
def positive(v): pass
class A:
    n = Checked(positive)
    def __init__(self, n): self.n = n
A(1)
