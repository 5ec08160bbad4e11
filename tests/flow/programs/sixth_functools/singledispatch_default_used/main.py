from functools import singledispatch
@singledispatch
def show(x): fallback()
@show.register(list)
def show_list(x): pass
def fallback(): pass
class A: pass
show(A())
