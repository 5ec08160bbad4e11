def check(x):
    return True
all(map(check, [1]))
