def f(): pass
f.helper = lambda: None
f.helper()
