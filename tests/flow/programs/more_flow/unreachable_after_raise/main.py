def f():
    pass

def g():
    pass

def run():
    f()
    raise ValueError("x")
    g()

run()
