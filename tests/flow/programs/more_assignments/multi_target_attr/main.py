class C: pass
def f(): pass
c = C()
x = c.y = f
x()
c.y()
