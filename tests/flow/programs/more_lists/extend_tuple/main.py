def f(): pass
fs = []
fs += (f,)
fs[0]()
