class A: pass
def f(): pass
a = A()
a.b = A()
a.b.c = A()
a.b.c.d = f
a.b.c.d()
