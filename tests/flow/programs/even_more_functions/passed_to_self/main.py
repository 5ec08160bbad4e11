def f(cb, n):
    if n:
        cb(cb, n - 1)
f(f, 2)
