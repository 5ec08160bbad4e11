class P:
    __match_args__ = ("cb",)
    def __init__(self, cb):
        self.cb = cb
def f(): pass
def go(x):
    match x:
        case P(c):
            c()
go(P(f))
