from functools import singledispatchmethod

class A:
    @singledispatchmethod
    def show(self, x):
        pass

    @show.register
    def _(self, x: int):
        pass

A().show(1)
