def f(): pass
next(fn for fn in [f])()
