import itertools
def f(): pass
def src():
    yield f
a, b = itertools.tee(src())
for x in itertools.islice(b, 1):
    x()
