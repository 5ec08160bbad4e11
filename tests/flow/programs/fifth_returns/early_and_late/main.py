import sys
def one():
    pass
def two():
    pass
def make():
    for x in sys.argv:
        return one
    return two
make()()
