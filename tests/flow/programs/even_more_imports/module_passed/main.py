import a
def go(m): m.f()
go(a)
