def f(): pass
def go():
    def f(): pass
    f()
go()
