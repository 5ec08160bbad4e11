def f(): pass
h = lambda fn=f: fn()
h()
