def f():
    pass

for i, action in enumerate([f]):
    action()
