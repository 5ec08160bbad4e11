def f(): pass
def g(): pass
def go(x):
    match x:
        case "a":
            f()
        case _:
            g()
go("a")
