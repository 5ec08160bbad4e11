def f():
    pass

def g():
    pass

for action in [f, g]:
    action()
