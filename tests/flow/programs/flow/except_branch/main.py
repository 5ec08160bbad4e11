def f():
    pass

def g():
    pass

try:
    action = f
except ValueError:
    action = g
action()
