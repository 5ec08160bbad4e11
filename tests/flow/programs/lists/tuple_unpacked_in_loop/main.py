def f():
    pass

def g():
    pass

for name, action in [("a", f), ("b", g)]:
    action()
