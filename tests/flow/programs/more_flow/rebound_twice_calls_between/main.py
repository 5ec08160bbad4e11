def f():
    pass

def g():
    pass

def h():
    pass

def run():
    table = {"a": f}
    table["a"] = g
    h()
    table["a"]()

run()
