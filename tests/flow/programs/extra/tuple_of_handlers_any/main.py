def a(x):
    return False

def b(x):
    return True

CHECKS = (a, b)

def check(x):
    return any(c(x) for c in CHECKS)

check(1)
