def one():
    pass
def two():
    pass
fs = [lambda f=f: f() for f in (one, two)]
fs[0]()
