def f(): pass
def g(): pass
def go(fs):
    fs[1]()
go([f, g])
