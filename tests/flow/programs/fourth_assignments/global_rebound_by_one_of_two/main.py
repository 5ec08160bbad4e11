import sys
def one():
    pass
def two():
    pass
current = one
def switch():
    global current
    current = two
def leave():
    pass
step = switch if sys.argv else leave
step()
current()
