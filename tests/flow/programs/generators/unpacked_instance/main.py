def f():
    pass

def g():
    pass

class Pair:
    def __iter__(self):
        yield f
        yield g

a, b = Pair()
a()
