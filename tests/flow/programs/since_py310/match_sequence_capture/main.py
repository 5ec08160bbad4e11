def f(): pass
def g(): pass
def go(x):
    match x:
        case [a, b]:
            b()
go([f, g])
