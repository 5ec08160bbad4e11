class A:
    def __init__(self, *, cb):
        self.cb = cb
def f(): pass
A(cb=f).cb()
