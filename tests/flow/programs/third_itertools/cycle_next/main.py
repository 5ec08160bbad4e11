from itertools import cycle
def one():
    pass
def two():
    pass
c = cycle([one, two])
next(c)()
