def f():
    pass

for action in {f}:
    action()
