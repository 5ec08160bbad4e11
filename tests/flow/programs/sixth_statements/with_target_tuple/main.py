from contextlib import contextmanager
def f(): pass
def g(): pass
@contextmanager
def both():
    yield f, g
with both() as (a, b):
    b()
