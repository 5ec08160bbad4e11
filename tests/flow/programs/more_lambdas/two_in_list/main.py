def f(): pass
def g(): pass
ls = [lambda: f(), lambda: g()]
ls[1]()
