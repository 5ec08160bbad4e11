def f(): pass
def g(): pass
h = (lambda: f()) if input() else (lambda: g())
h()
