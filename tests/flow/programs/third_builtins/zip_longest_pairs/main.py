from itertools import zip_longest
def one():
    pass
def two():
    pass
for f, g in zip_longest([one], [two]):
    f()
