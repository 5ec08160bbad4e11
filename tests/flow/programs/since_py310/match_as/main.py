def f(): pass
def go(x):
    match x:
        case (1 | 2) as n:
            pass
        case fn:
            fn()
go(f)
