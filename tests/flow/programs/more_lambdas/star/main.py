def f(): pass
h = lambda *a: a[0]()
h(f)
