def f():
    return 1

total = sum(f() for _ in range(3))
