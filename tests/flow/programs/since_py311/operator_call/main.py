import operator
def f(): pass
operator.call(f)
