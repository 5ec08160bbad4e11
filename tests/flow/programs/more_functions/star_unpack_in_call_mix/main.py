def f():
    pass

def g():
    pass

def run(a, b, c):
    c()

rest = (f, g)
run(None, *rest)
