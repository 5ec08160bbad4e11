def f():
    pass
def outer():
    def f():
        pass
    f()
outer()
f()
