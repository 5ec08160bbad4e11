def deco(f):
    def wrapper(self):
        return f(self)
    return wrapper

class A:
    @property
    @deco
    def value(self):
        return 1

A().value
