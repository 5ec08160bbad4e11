class A:
    pass
def f(): pass
getattr(A(), "x", f)()
