import sys
def one():
    pass
def two():
    pass
current = one
def switch():
    global current
    if sys.argv:
        current = two
switch()
current()
