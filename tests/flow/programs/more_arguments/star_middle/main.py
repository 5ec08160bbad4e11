def f(): pass
def g(): pass
def go(*fs, last):
    fs[0]()
    last()
go(f, last=g)
