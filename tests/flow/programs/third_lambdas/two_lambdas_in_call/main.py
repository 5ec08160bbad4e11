def pick(a, b):
    b()
def one():
    pass
def two():
    pass
pick(lambda: one(), lambda: two())
