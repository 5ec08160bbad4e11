def f(): pass
def ident(x): return x
ident(ident(f))()
