def f():
    return None

def g():
    pass

while True:
    if f():
        break
    g()
