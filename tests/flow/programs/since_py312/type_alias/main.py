def f(): pass
type H = list[int]
def go(x: H):
    f()
go([])
