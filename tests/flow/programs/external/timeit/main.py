import timeit
def f(): pass
timeit.timeit(f)
