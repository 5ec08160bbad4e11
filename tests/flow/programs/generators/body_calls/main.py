def f():
    pass

def steps():
    f()
    yield 1

list(steps())
