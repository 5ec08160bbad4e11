def check(x):
    return True

any(check(x) for x in [1])
all(check(x) for x in [1])
