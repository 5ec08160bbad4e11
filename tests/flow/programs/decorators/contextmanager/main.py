from contextlib import contextmanager

@contextmanager
def opened():
    begin()
    yield work

def begin():
    pass

def work():
    pass

with opened() as action:
    action()
