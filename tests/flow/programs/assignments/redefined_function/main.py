def leaf():
    pass

def f():
    pass

def g():
    f()

def f():
    leaf()

g()
