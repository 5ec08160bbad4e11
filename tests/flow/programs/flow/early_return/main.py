def f():
    pass

def g():
    pass

def run():
    return f()
    g()

run()
