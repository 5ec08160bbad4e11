def f():
    return 1

if (action := f) is not None:
    action()
