def f():
    pass

def g():
    pass

def pick():
    try:
        return f
    except ValueError:
        return g

pick()()
