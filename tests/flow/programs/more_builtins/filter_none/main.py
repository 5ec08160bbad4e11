def f(): pass
fns = list(filter(None, [f, None]))
fns[0]()
