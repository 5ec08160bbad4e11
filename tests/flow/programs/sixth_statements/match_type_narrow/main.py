class A:
    def run(self): pass
class B:
    def run(self): pass
def go(x):
    match x:
        case A():
            x.run()
        case _:
            pass
go(A()); go(B())
