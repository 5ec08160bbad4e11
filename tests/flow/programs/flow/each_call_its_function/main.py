def f():
    pass

def g():
    pass

def one():
    action = f
    action()
    action = g

def two():
    action = g
    action()
    action = f

one()
two()
