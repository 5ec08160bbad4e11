def make(n): return lambda self: done(n)
def done(n): pass
class A:
    for _i in range(1):
        act = make(_i)
A().act()
