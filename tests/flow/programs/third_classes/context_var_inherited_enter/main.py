class Base:
    def __enter__(self):
        return self.open()
    def __exit__(self, *a):
        pass
class File(Base):
    def open(self):
        return self
    def read(self):
        pass
with File() as f:
    f.read()
