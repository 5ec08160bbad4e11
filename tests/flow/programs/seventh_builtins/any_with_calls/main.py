def check(x): return x
any(check(x) for x in [1, 2])
all(map(check, [1]))
