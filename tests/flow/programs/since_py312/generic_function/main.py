def f(): pass
def go[T](x: T) -> T:
    return x
go(f)()
