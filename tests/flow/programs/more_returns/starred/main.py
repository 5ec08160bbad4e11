def f(): pass
def g(): pass
def get(): return f, g
_, *rest = get()
rest[0]()
