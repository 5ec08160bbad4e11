def f():
    pass

def never():
    f()
