import weakref
class A: pass
def f(): pass
weakref.finalize(A(), f)
