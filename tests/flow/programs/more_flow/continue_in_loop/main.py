def f():
    return True

def g():
    pass

for i in range(3):
    if f():
        continue
    g()
