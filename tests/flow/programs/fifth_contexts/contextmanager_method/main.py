from contextlib import contextmanager
class DB:
    @contextmanager
    def session(self):
        s = Session()
        yield s
        s.commit()
class Session:
    def add(self):
        pass
    def commit(self):
        pass
with DB().session() as s:
    s.add()
