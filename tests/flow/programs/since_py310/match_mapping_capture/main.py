def f(): pass
def g(): pass
def go(x):
    match x:
        case {"a": a}:
            a()
go({"a": f, "b": g})
