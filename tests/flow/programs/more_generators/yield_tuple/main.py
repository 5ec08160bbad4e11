def f(): pass
def g(): pass
def gen():
    yield 1, f
for n, fn in gen():
    fn()
