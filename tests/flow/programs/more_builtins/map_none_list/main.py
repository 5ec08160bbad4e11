def f(x): return x
def g(x): return x
for fn in (f, g):
    list(map(fn, [1]))
