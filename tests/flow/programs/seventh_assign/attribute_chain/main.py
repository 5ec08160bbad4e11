class A: pass
def act(): pass
a = A()
a.b = A()
a.b.c = act
a.b.c()
