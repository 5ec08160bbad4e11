def f():
    pass

def g():
    pass

for action, other in zip([f], [g]):
    other()
