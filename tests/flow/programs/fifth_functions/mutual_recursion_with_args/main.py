def leaf():
    pass
def even(n, f):
    if n == 0:
        f()
    else:
        odd(n - 1, f)
def odd(n, f):
    even(n - 1, f)
even(4, leaf)
