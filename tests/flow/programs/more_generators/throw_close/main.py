def f(): pass
def gen():
    try:
        yield
    finally:
        f()
g = gen()
next(g)
g.close()
