def f(): pass
def g(): pass
for _, fn in sorted([(2, f), (1, g)], key=lambda p: p[0]):
    fn()
