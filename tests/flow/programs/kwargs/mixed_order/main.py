def f():
    pass

def g():
    pass

def run(a, b, c=None):
    c()
    a()

run(c=g, a=f, b=None)
