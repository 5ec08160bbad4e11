from contextlib import contextmanager
def f(): pass
@contextmanager
def cm():
    yield f
with cm() as fn:
    fn()
