def f():
    pass

steps = iter([f])
next(steps)()
