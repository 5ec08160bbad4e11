class A:
    def __iter__(self):
        yield 1
def f(*a): pass
f(*A())
