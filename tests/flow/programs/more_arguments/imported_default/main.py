def f(): pass
def go(cb=f):
    def inner(cb2=cb):
        cb2()
    inner()
go()
