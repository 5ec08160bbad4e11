def one():
    pass
def two():
    pass
def produce():
    yield one
    yield two
def wrap(items):
    for item in items:
        yield item
for f in wrap(produce()):
    f()
