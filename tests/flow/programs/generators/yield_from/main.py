def f():
    pass

def inner():
    yield f

def outer():
    yield from inner()

for step in outer():
    step()
