class Expr:
    def __and__(self, o):
        return self
    def __invert__(self):
        return self
    def __rshift__(self, o):
        return run()
def run():
    pass
(~Expr() & Expr()) >> 1
