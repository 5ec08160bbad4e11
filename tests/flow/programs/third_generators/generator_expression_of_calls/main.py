def one():
    return 1
def two():
    return 2
gen = (f() for f in (one, two))
total = sum(gen)
