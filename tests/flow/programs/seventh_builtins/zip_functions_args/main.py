def a(x): pass
def b(x): pass
for f, x in zip([a, b], [1, 2]):
    f(x)
