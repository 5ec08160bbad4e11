def f():
    pass

def g():
    pass

def outer():
    action = f
    action = g

    def inner():
        action()

    inner()

outer()
