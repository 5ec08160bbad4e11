def handler(x): pass
def co():
    while True:
        x = yield
        handler(x)
c = co()
next(c)
c.send(1)
