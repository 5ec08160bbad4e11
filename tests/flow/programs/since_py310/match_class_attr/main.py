class P:
    def __init__(self, cb):
        self.cb = cb
def f(): pass
def go(x):
    match x:
        case P(cb=c):
            c()
go(P(f))
