from contextlib import contextmanager
class Db:
    @contextmanager
    def session(self):
        yield Session()
class Session:
    def query(self): pass
with Db().session() as s:
    s.query()
