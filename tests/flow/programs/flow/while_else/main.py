def f():
    pass

def g():
    pass

n = 3
while n:
    n -= 1
    f()
else:
    g()
