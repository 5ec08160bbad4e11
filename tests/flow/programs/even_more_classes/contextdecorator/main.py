from contextlib import ContextDecorator
class T(ContextDecorator):
    def __enter__(self): return self
    def __exit__(self, *e): return False
@T()
def go(): pass
go()
