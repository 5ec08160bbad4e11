from contextlib import contextmanager
def clean(): pass
@contextmanager
def opened(fn):
    try:
        yield fn()
    finally:
        clean()
def make(): return act
def act(): pass
with opened(make) as a:
    a()
