from contextlib import contextmanager
@contextmanager
def opened():
    r = Res()
    try:
        yield r
    finally:
        r.close()
class Res:
    def close(self):
        pass
    def read(self):
        pass
with opened() as r:
    r.read()
