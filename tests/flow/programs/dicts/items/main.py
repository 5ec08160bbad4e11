def f():
    pass

for name, action in {"a": f}.items():
    action()
