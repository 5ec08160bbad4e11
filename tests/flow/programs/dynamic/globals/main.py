def f():
    pass

def g():
    pass

globals()["g"]()
