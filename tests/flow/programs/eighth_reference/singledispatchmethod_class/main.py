from functools import singledispatchmethod
class P:
    @singledispatchmethod
    def show(self, x): self.other()
    @show.register
    def _(self, x: int): self.number()
    def other(self): pass
    def number(self): pass
P().show("a")
