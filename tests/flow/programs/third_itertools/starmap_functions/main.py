from itertools import starmap
def one():
    pass
def call(f, n):
    f()
list(starmap(call, [(one, 1)]))
