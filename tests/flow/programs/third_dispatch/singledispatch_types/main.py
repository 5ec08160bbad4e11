from functools import singledispatch
@singledispatch
def show(x):
    pass
@show.register
def _(x: int):
    number()
def number():
    pass
show(3)
