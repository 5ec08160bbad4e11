def source():
    yield one
    yield two
def keep(fs):
    for f in fs:
        if accept(f):
            yield f
def accept(f):
    return True
def one():
    pass
def two():
    pass
for f in keep(source()):
    f()
