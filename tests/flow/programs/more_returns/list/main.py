def f(): pass
def g(): pass
def get(): return [f, g]
get()[1]()
