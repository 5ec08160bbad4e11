def check(x):
    return x
any(check(x) for x in range(3))
