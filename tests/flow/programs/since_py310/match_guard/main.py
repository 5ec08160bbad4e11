def f(): return True
def g(): pass
def go(x):
    match x:
        case y if f():
            g()
go(1)
