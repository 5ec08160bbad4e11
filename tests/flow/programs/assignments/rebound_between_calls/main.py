def f():
    pass

def g():
    pass

def first():
    action = f
    action()

def second():
    action = f
    action = g
    action()

first()
second()
