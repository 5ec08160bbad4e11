CACHE = {}

def compute(n):
    if n not in CACHE:
        CACHE[n] = heavy(n)
    return CACHE[n]

def heavy(n):
    return n

compute(1)
