def f(): pass
def g(): pass
def worker():
    task = yield
    while task:
        task = yield task()
w = worker()
next(w)
w.send(f)
w.send(g)
