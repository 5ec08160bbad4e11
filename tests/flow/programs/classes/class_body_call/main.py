def f():
    return 1

class A:
    size = f()
