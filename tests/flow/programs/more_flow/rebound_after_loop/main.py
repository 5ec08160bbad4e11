def f():
    pass

def g():
    pass

action = f
for i in range(2):
    pass
action = g
action()
