def f():
    pass

def g():
    pass

actions = [lambda a=a: a() for a in (f, g)]
for action in actions:
    action()
