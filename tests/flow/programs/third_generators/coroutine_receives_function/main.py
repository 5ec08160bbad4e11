def one():
    pass
def runner():
    while True:
        f = yield
        f()
r = runner()
next(r)
r.send(one)
