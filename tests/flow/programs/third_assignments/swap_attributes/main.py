class Box:
    pass
def one():
    pass
def two():
    pass
b = Box()
b.x, b.y = one, two
b.x, b.y = b.y, b.x
b.x()
