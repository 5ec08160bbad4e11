from functools import singledispatch
@singledispatch
def show(x): pass
@show.register
def show_int(x: int): number()
@show.register(str)
def show_str(x): pass
def number(): pass
show(1)
