def one():
    pass
def two():
    pass
def three():
    pass
current = one
def switch():
    global current
    current = two
switch()
current = three
current()
