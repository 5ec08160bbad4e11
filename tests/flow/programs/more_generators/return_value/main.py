def f(): pass
def inner():
    yield 1
    return f
def outer():
    fn = yield from inner()
    fn()
list(outer())
