def f(): pass
def g():
    def f(): pass
    f()
g()
f()
