from contextlib import contextmanager
@contextmanager
def cm():
    yield
@cm()
def go(): pass
go()
