def f(): pass
def g(): pass
def go(x):
    match x:
        case [first, *rest]:
            rest[0]()
go([f, g])
