import functools
def log(f):
    @functools.wraps(f)
    def inner(*a, **k):
        return f(*a, **k)
    return inner
class A:
    @classmethod
    @log
    def make(cls):
        return cls()
    @staticmethod
    @log
    def util():
        pass
A.make()
A.util()
