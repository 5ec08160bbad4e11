def f(x): pass
def g(x): pass
for fn, x in zip([f, g], [1, 2]):
    fn(x)
