def a(): pass
def g():
    yield from [a]
next(g())()
