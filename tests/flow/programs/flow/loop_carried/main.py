def f():
    pass

def g():
    pass

action = f
for _ in range(3):
    action()
    action = g
