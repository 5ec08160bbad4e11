class Tx:
    def __enter__(self):
        self.begin()
        return self
    def __exit__(self, kind, value, tb):
        if kind: self.rollback()
        else: self.commit()
    def begin(self): pass
    def commit(self): pass
    def rollback(self): pass
with Tx() as t: pass
