class A:
    def __init__(self, cb):
        self.cb = cb
class B(A):
    def __init__(self, cb, n):
        super().__init__(cb)
def f(): pass
B(f, 1).cb()
