def leaf():
    pass

def inner(a, callback):
    callback()

def outer(*args, **kwargs):
    return inner(*args, **kwargs)

outer(1, callback=leaf)
