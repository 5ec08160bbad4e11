def f(): pass
def get(): return lambda: f
get()()()
