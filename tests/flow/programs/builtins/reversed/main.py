def f():
    pass

for action in reversed([f]):
    action()
