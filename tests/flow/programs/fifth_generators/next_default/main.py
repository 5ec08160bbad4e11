def gen():
    yield one
def one():
    pass
def two():
    pass
f = next(gen(), two)
f()
