def f():
    return True

def g():
    pass

f() and g()
