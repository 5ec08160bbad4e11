from itertools import chain
def one():
    pass
def two():
    pass
for f in chain.from_iterable([[one], [two]]):
    f()
