def f(): return 1
def g(): pass
[h := g for _ in range(2)]
h()
