def act(): pass
def inner():
    yield 1
    return act
def outer():
    result = yield from inner()
    result()
list(outer())
