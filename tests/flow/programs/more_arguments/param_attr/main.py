class C: pass
def f(): pass
def go(c):
    c.cb()
c = C()
c.cb = f
go(c)
