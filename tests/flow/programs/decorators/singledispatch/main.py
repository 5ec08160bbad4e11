from functools import singledispatch

@singledispatch
def show(x):
    pass

@show.register
def show_int(x: int):
    pass

@show.register(str)
def show_text(x):
    pass

show(1)
