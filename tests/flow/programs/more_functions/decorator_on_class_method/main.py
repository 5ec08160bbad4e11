def deco(f):
    def wrapper(cls):
        return f(cls)
    return wrapper

class A:
    @classmethod
    @deco
    def make(cls):
        return cls

A.make()
