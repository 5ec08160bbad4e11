def f(): pass
([f] * 2)[1]()
