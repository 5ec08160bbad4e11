from deco import times
@times(2)
def f(): pass
f()
