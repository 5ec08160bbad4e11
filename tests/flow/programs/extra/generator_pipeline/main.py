def source():
    yield f

def step(items):
    for item in items:
        yield item

def f():
    pass

for item in step(source()):
    item()
