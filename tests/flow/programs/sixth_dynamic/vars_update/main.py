class A: pass
def f(): pass
a = A()
vars(a).update(act=f)
a.act()
