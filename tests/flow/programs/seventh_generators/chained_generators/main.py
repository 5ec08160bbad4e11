def src():
    yield a
def a(): pass
def pipe(g):
    for f in g:
        yield f
for f in pipe(src()):
    f()
