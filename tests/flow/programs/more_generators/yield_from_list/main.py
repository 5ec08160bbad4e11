def f(): pass
def gen():
    yield from [f]
for fn in gen(): fn()
