from functools import singledispatchmethod
class A:
    @singledispatchmethod
    def show(self, x):
        pass
    @show.register
    def _(self, x: str):
        text()
def text():
    pass
A().show("a")
